"""`make demo`: all of Samvaro on one machine. No server uses this folder."""
