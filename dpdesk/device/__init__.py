"""Looks at this machine's security as the ordinary user: values, not localised words, each question under a time limit.

`looks.look(machine, asked)` runs every check of the system; `place.drive_of(path)` tells the copies door of one drive.
"""
