"""The home of the app and its menus."""
