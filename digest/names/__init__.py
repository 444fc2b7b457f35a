"""Find the people, places and organizations that articles name, and which of them have a page."""
