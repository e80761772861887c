package dev.drawbridge.console;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.AuthenticationRequest;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.RegistrationRequest;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.verifier.exception.MaliciousCounterValueException;
import dev.drawbridge.model.port.Operators.Passkey;
import java.net.InetAddress;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Checks what browsers bring from authenticators ([WebAuthn
/// §7](https://www.w3.org/TR/webauthn-3/#sctn-rp-operations)):
/// made for this origin and for one challenge, and by somebody whom the authenticator knows. Which make an
/// authenticator is of is not asked (`none` attestation).
final class PasskeyVerifier {
    /// ES256, EdDSA, RS256, as
    /// [IANA](https://www.iana.org/assignments/cose/cose.xhtml#algorithms) numbers them.
    static final List<Long> ALGORITHMS = List.of(-7L, -8L, -257L);

    private static final List<PublicKeyCredentialParameters> KEYS = ALGORITHMS.stream()
            .map(COSEAlgorithmIdentifier::create)
            .map(algorithm -> new PublicKeyCredentialParameters(PublicKeyCredentialType.PUBLIC_KEY, algorithm))
            .toList();
    private static final int LONGEST = 16_384;

    private final URI home;
    private final WebAuthnManager manager;
    private final AttestedCredentialDataConverter credentials;

    private PasskeyVerifier(URI home) {
        var converter = new ObjectConverter();
        this.home = home;
        this.manager = WebAuthnManager.createNonStrictWebAuthnManager(converter);
        this.credentials = new AttestedCredentialDataConverter(converter);
    }

    /// @param home the public address of this instance
    /// @return empty if browsers have no passkeys for it: they want a name, and a connection that nobody else reads
    static Optional<PasskeyVerifier> at(URI home) {
        String host = home.getHost();
        boolean sound = "https".equals(home.getScheme()) || host.equals("localhost") || host.endsWith(".localhost");
        return sound && !isAddress(host) ? Optional.of(new PasskeyVerifier(home)) : Optional.empty();
    }

    private static boolean isAddress(String host) {
        try {
            return InetAddress.ofLiteral(host) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /// For whom passkeys are: the name of this host.
    String party() {
        return home.getHost();
    }

    /// What a browser brings of a new passkey, base64url.
    record Creation(String client, String attestation) {}

    /// What a browser brings of one that signed, base64url.
    ///
    /// @param user who its owner is, as they were named when it was made
    record Assertion(String id, String client, String authenticator, String signature, String user) {}

    /// What to keep of a new passkey.
    ///
    /// @param credential as [Passkey] has it
    record Fresh(String id, String credential, long counter, boolean syncable) {}

    /// It is not what was asked for.
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final boolean copied;

        Refused(String why, boolean copied) {
            super(why);
            this.copied = copied;
        }

        /// Whether everything is right but the count: there may be two of it.
        boolean copied() {
            return copied;
        }
    }

    /// @param challenge what the authenticator was given
    /// @throws Refused if it is not right
    Fresh register(Creation creation, byte[] challenge) {
        return checked(() -> {
            var request = new RegistrationRequest(bytes(creation.attestation()), bytes(creation.client()));
            var data = manager.verify(request, new RegistrationParameters(server(challenge), KEYS, true, true));
            var authenticator =
                    Objects.requireNonNull(data.getAttestationObject()).getAuthenticatorData();
            AttestedCredentialData credential = Objects.requireNonNull(authenticator.getAttestedCredentialData());
            return new Fresh(
                    text(credential.getCredentialId()),
                    text(credentials.convert(credential)),
                    authenticator.getSignCount(),
                    authenticator.isFlagBE());
        });
    }

    /// @param challenge what the authenticator was given
    /// @return how often the authenticator signed
    /// @throws Refused if it is not right
    long check(Assertion assertion, byte[] challenge, Passkey passkey) {
        return checked(() -> {
            var request = new AuthenticationRequest(
                    bytes(assertion.id()),
                    bytes(assertion.user()),
                    bytes(assertion.authenticator()),
                    bytes(assertion.client()),
                    bytes(assertion.signature()));
            byte[] id = bytes(passkey.id());
            AuthenticationData data = manager.verify(
                    request, new AuthenticationParameters(server(challenge), record(passkey), List.of(id), true, true));
            return Objects.requireNonNull(data.getAuthenticatorData()).getSignCount();
        });
    }

    private CredentialRecordImpl record(Passkey passkey) {
        return new CredentialRecordImpl(
                null,
                true,
                passkey.syncable(),
                null,
                passkey.counter(),
                credentials.convert(bytes(passkey.credential())),
                null,
                null,
                null,
                null);
    }

    private ServerProperty server(byte[] challenge) {
        return ServerProperty.builder()
                .origin(new Origin(home.toString()))
                .rpId(party())
                .challenge(new DefaultChallenge(challenge))
                .topOrigins(Set.of())
                .build();
    }

    /// Whatever the library makes of bytes that anybody may have sent.
    private static <T> T checked(Supplier<T> check) {
        try {
            return check.get();
        } catch (MaliciousCounterValueException e) {
            throw new Refused("counts back", true);
        } catch (RuntimeException e) {
            // Its words hold what was sent, which is for no log.
            throw new Refused(e.getClass().getSimpleName(), false);
        }
    }

    static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static byte[] bytes(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("longer than any authenticator says");
        }
        return Base64.getUrlDecoder().decode(text);
    }
}
