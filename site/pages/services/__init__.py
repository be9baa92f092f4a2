"""What the public site does: find words, keep the crisis numbers fresh, lay a first tree."""
