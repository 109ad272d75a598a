"""The moderators' pages, a module for each thing they do."""
