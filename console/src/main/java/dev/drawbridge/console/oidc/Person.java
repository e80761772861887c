package dev.drawbridge.console.oidc;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/// What a provider says about somebody.
///
/// @param subject theirs for good at this provider
/// @param email one that the provider knows to be theirs, in lower case
record Person(String subject, Optional<String> email, List<String> groups) {
    private static final int LONGEST = 255;

    /// @throws Refusal if it does not say who that is
    static Person of(JsonNode claims) {
        String subject = claims.path("sub").asString("");
        if (!sound(subject)) {
            throw new Refusal(Refusal.Why.WRONG, "no subject");
        }
        // A text `true` is not the truth of everybody: nobody is let in by it.
        JsonNode verified = claims.path("email_verified");
        Optional<String> email = Optional.of(claims.path("email").asString("").toLowerCase(Locale.ROOT))
                .filter(_ -> verified.isBoolean() && verified.booleanValue())
                .filter(Person::sound);
        JsonNode groups = claims.path("groups");
        List<String> names = groups.isArray()
                ? StreamSupport.stream(groups.spliterator(), false)
                        .filter(JsonNode::isString)
                        .map(JsonNode::stringValue)
                        .toList()
                : List.of();
        return new Person(subject, email, names);
    }

    private static boolean sound(String text) {
        return !text.isBlank() && text.length() <= LONGEST && text.chars().noneMatch(Character::isISOControl);
    }

    /// How the audit names them.
    String name() {
        return email.orElse(subject);
    }
}
