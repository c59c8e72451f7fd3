"""Teachers' files to rows and rejections."""
