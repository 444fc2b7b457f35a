"""Set the sources of a topic against each other; `topic.compare_topic` is the sequence."""
