/// Files beside repositories: pictures and videos that records refer to.
@NullMarked
package dev.drawbridge.atproto.store.blob;

import org.jspecify.annotations.NullMarked;
