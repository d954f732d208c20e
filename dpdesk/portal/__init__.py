"""Where sealed packages are left and fetched: S3-compatible servers, WebDAV, SFTP, a folder. Opens connections; knows no desk."""
