"""digest: a static multilingual news digest in which every sentence is a source's own, linked to where it stands."""

__version__ = "0.1.0"
