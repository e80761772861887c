package dev.drawbridge.engine.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

class PasswordHashTest {
    private final SecureRandom random = new SecureRandom();

    @Test
    void onlyTheSamePasswordFits() {
        String kept = PasswordHash.of("correct horse battery", random);
        assertThat(kept).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain("horse");
        assertThat(PasswordHash.fits("correct horse battery", kept)).isTrue();
        assertThat(PasswordHash.fits("correct horse batterz", kept)).isFalse();
        assertThat(PasswordHash.fits("", kept)).isFalse();
    }

    @Test
    void theSamePasswordIsKeptDifferentlyEachTime() {
        assertThat(PasswordHash.of("pässwörd", random)).isNotEqualTo(PasswordHash.of("pässwörd", random));
    }

    @Test
    void whatItCostsIsPartOfWhatIsKept() {
        String kept = PasswordHash.of("password", random);
        assertThat(PasswordHash.fits("password", kept.replace("t=2", "t=3"))).isFalse();
    }

    @Test
    void whatIsNoHashIsOurMistake() {
        for (String kept : List.of(
                "",
                "password",
                "$argon2i$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$" + "A".repeat(43),
                "$argon2id$v=19$m=999999,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$" + "A".repeat(43),
                "$argon2id$v=19$m=19456,t=0,p=1$AAAAAAAAAAAAAAAAAAAAAA$" + "A".repeat(43))) {
            assertThatThrownBy(() -> PasswordHash.fits("x", kept))
                    .as(kept)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
