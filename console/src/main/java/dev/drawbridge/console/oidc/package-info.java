/// Signing operators in at a provider that the operator chose: OpenID Connect, an authorization code with PKCE.
@NullMarked
package dev.drawbridge.console.oidc;

import org.jspecify.annotations.NullMarked;
