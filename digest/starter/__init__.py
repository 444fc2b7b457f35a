"""A new digest of one's own: `files/` is what stands in its folder, as templates."""
