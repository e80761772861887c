package dev.drawbridge.console.oidc;

import java.util.Optional;

/// Whom the provider may bring in. Each says which claim it means: what stands in one claim may stand in another of
/// somebody else.
public sealed interface Admission {
    /// @return empty if it is none of `sub:…`, `email:…` and `group:…`
    static Optional<Admission> parse(String text) {
        int colon = text.indexOf(':');
        String value = text.substring(colon + 1).strip();
        if (colon < 0 || value.isEmpty()) {
            return Optional.empty();
        }
        return switch (text.substring(0, colon).strip()) {
            case "sub" -> Optional.of(new Subject(value));
            case "email" -> value.contains("@") ? Optional.of(new Email(value)) : Optional.empty();
            case "group" -> Optional.of(new Group(value));
            default -> Optional.empty();
        };
    }

    /// As [#parse] reads it.
    String text();

    boolean admits(Person person);

    /// Who the provider says they are, in words that never change.
    record Subject(String value) implements Admission {
        @Override
        public String text() {
            return "sub:" + value;
        }

        @Override
        public boolean admits(Person person) {
            return person.subject().equals(value);
        }
    }

    /// An address that the provider knows to be theirs.
    record Email(String value) implements Admission {
        public Email {
            value = Person.folded(value);
        }

        @Override
        public String text() {
            return "email:" + value;
        }

        @Override
        public boolean admits(Person person) {
            return person.email().filter(value::equals).isPresent();
        }
    }

    /// Everybody in a group of the provider, as the claim `groups` has them.
    record Group(String value) implements Admission {
        @Override
        public String text() {
            return "group:" + value;
        }

        @Override
        public boolean admits(Person person) {
            return person.groups().contains(value);
        }
    }
}
