"""Windows for real, without a Windows machine: CPython and pywinpty under Wine. See README.md here."""
