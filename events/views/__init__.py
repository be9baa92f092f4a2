"""public: what anyone may see and send. links: what a letter opens. office: for the admin."""
