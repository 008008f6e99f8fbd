"""What holds everywhere: layers, words, screens, installation, queues."""
