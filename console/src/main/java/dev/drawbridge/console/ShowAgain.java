package dev.drawbridge.console;

import dev.drawbridge.console.PasskeyVerifier.Assertion;
import dev.drawbridge.console.Sessions.Session;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;

/// Whether somebody who is signed in showed lately who they are. A form that needs it brings the proof along: it is
/// shown once more with a place for it, and what was typed stays in it.
final class ShowAgain {
    /// What comes before the names of the fields of a proof.
    static final String FIELDS = "again-";

    private static final String PASSWORD = FIELDS + "password";
    private static final String SIGNATURE = FIELDS + "signature";

    private final OperatorDoor door;
    private final OperatorWay way;
    private final PasskeyDesk passkeys;

    ShowAgain(OperatorDoor door, OperatorWay way, PasskeyDesk passkeys) {
        this.door = door;
        this.way = way;
        this.passkeys = passkeys;
    }

    /// They did not.
    static final class NotShown extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final boolean tried;

        private NotShown(boolean tried) {
            super(tried ? "the proof is not right" : "the last proof is too old");
            this.tried = tried;
        }

        /// Whether they tried to, and it was not right.
        boolean tried() {
            return tried;
        }
    }

    /// @throws NotShown if the last proof is too old and none that is right comes along
    void require(HttpServletRequest request, Session session) {
        if (door.lately(session)) {
            return;
        }
        boolean password = !field(request, PASSWORD).isEmpty();
        boolean passkey = !field(request, SIGNATURE).isEmpty();
        if (!password && !passkey) {
            throw new NotShown(false);
        }
        Optional<String> how = passkey ? byPasskey(request, session) : byPassword(request, session);
        if (how.isEmpty()) {
            throw new NotShown(true);
        }
        door.shown(session, way.id(request).orElse(""), how.get(), way.address(request));
    }

    private Optional<String> byPassword(HttpServletRequest request, Session session) {
        return door.fits(session.who(), field(request, PASSWORD), way.address(request))
                .map(_ -> "with a password");
    }

    private Optional<String> byPasskey(HttpServletRequest request, Session session) {
        var assertion = new Assertion(
                field(request, FIELDS + "id"),
                field(request, FIELDS + "client"),
                field(request, FIELDS + "authenticator"),
                field(request, SIGNATURE),
                field(request, FIELDS + "user"));
        return way.browsers()
                .known(request)
                .flatMap(browser ->
                        passkeys.shows(field(request, FIELDS + "challenge"), browser, assertion, way.address(request)))
                .filter(shown -> shown.operator().name().equals(session.who()))
                .map(PasskeyDesk.Shown::how);
    }

    private static String field(HttpServletRequest request, String name) {
        return Optional.ofNullable(request.getParameter(name)).orElse("");
    }

    /// A field of the form that was sent.
    record Field(String name, String value) {}

    /// What was typed, without the proof.
    static List<Field> fields(HttpServletRequest request) {
        return request.getParameterMap().entrySet().stream()
                .filter(field -> !field.getKey().startsWith(FIELDS))
                .flatMap(field -> List.of(field.getValue()).stream().map(value -> new Field(field.getKey(), value)))
                .toList();
    }
}
