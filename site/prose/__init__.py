"""What is asked of words that are read by many: how hard they are, what a link says, the blocks that
hold them. Knows no app, so that pages and newsletters keep to the same rules."""
