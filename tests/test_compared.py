"""x"""
from conftest import Desk
def test_it(compared: Desk) -> None:
    print(sorted(str(p) for p in compared.site.rglob("*.html")))
    import shutil; shutil.rmtree("/tmp/pages/cmp", ignore_errors=True); shutil.copytree(compared.root, "/tmp/pages/cmp")
