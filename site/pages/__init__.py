"""What the public sees that is made of several apps: page types, blocks, search, crisis lines."""
