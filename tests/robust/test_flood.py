"""One outlet that floods the news with copies gains nothing by it."""

from pathlib import Path

from digest.content import format_article
from digest.models import Topic
from digest.pipeline import load_digest

OWNERS = {"loud": "Loud Media", "louder": "Loud Media", "north": "A", "south": "B", "east": "C"}
OUTLETS = "".join(f"- {{id: {name}, name: {name.title()}, domains: [{name}.example], owner: {owner}, rights: full,\n"
                  f"   basis: 'https://{name}.example/about'}}\n" for name, owner in OWNERS.items())
BRIDGE = ("The bridge over the Ester at Brelle was closed on Friday after divers found a crack in a pillar.",
          "Engineers will look at the pillar for two weeks, the road office of Brelle said.")
BRIDGE_TOO = ("Brelle has closed its bridge over the Ester: a pillar is cracked, divers told the road office.",
              "Lorries have to take the ferry until engineers have looked at the bridge.")
VACCINE = ("Rashmar began to vaccinate 240,000 children against measles on Saturday, its health ministry said.",
           "The vaccine came from three countries, and nurses will visit every school of Rashmar by June.")


def write(content: Path, ident: str, outlet: str, title: str, text: tuple[str, ...], hour: int = 8) -> None:
    path = content / "articles" / "2031" / "07" / f"{ident}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(format_article({"title": title, "published": f"2031-07-04T{hour:02}:00:00+00:00", "outlet": outlet, "lang": "en",
                                    "url": f"https://{outlet}.example/{ident}"}, text), "utf-8")


def topics(content: Path) -> list[Topic]:
    (content / "outlets.yml").write_text(OUTLETS, "utf-8")
    return list(load_digest(content)[0].edition.topics)


def flooded(content: Path, copies: int) -> list[Topic]:
    """Return the topics of two events: two outlets report one, an outlet and the other of its owner fill the news with the other."""
    write(content, "bridge-north", "north", "Bridge of Brelle closed", BRIDGE)
    write(content, "bridge-south", "south", "Cracked pillar closes Brelle bridge", BRIDGE_TOO)
    write(content, "vaccine", "loud", "Rashmar vaccinates children against measles", VACCINE, 9)
    for number in range(copies):
        outlet = ("loud", "louder")[number % 2]
        write(content, f"vaccine-{number}", outlet, f"Rashmar vaccinates children, part {number}", VACCINE, 10 + number % 10)
    return topics(content)


def test_copies_gain_no_place_on_the_front_page(tmp_path: Path) -> None:
    few, many = flooded(tmp_path / "few", 0), flooded(tmp_path / "many", 40)
    for found in (few, many):
        assert ["vaccine" in {article.id for article in topic.articles} for topic in found] == [False, True]
    assert [len(topic.texts) for topic in few] == [len(topic.texts) for topic in many] == [2, 1]
    assert len(many[1].articles) == 41


def test_copies_gain_no_quotations(tmp_path: Path) -> None:
    few, many = flooded(tmp_path / "few", 0)[1], flooded(tmp_path / "many", 40)[1]
    said = [[point.citations[0].quote for point in topic.summary] for topic in (few, many)]
    assert said[0] == said[1]


def test_copies_within_others_news_are_no_voices(tmp_path: Path) -> None:
    for number in range(30):
        write(tmp_path, f"bridge-{number}", "loud", f"Bridge of Brelle closed, {number}", BRIDGE, 9)
    write(tmp_path, "bridge-north", "north", "Bridge of Brelle closed", BRIDGE)
    write(tmp_path, "bridge-south", "south", "Cracked pillar closes Brelle bridge", BRIDGE_TOO)
    topic, = topics(tmp_path)
    assert len(topic.texts) == 2
    assert {point.citations[0].article.outlet for point in topic.summary} - {"loud"}
