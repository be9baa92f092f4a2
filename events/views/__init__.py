"""public: what anyone may see and send. links: what a letter's link opens."""
