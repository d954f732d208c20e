"""What an officer can do: verbs, one module per noun. Without Qt: the window and the command line call the same verbs."""
