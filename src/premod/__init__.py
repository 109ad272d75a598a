"""premod: a comment system in which every comment is judged before it is published, and none is ever edited."""
