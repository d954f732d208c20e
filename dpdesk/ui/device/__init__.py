"""This device by the sixteen points, the inventory of devices, the disposal log, and handing a device over."""
