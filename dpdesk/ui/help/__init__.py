"""The guide inside the program: its chapters and the page that shows them."""
