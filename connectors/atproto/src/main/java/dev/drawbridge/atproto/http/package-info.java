/// What our PDS serves: XRPC methods, the event stream, handles and the service's DID document. Requests and sessions
/// are values; no server is needed to try them.
@NullMarked
package dev.drawbridge.atproto.http;

import org.jspecify.annotations.NullMarked;
