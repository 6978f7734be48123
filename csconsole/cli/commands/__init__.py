"""The commands, a file a family. Each takes the parsed options and returns its exit code; loaded when asked for."""
