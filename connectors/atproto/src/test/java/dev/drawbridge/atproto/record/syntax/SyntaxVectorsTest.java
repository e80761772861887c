package dev.drawbridge.atproto.record.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.atproto.record.Vectors;
import dev.drawbridge.atproto.record.cbor.Cid;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class SyntaxVectorsTest {
    @Test
    void didsAreAcceptedAndRefusedAsTheNetworkDoes() {
        check("did", Did::tryParse);
        Vectors.lines("syntax/did_syntax_invalid.txt")
                .forEach(text -> assertThatThrownBy(() -> new Did(text)).isInstanceOf(IllegalArgumentException.class));
    }

    @Test
    void handlesAreAcceptedAndRefusedAsTheNetworkDoes() {
        check("handle", Handle::tryParse);
    }

    @Test
    void atIdentifiersAreAcceptedAndRefusedAsTheNetworkDoes() {
        check("atidentifier", AtIdentifier::tryParse);
    }

    @Test
    void nsidsAreAcceptedAndRefusedAsTheNetworkDoes() {
        check("nsid", Nsid::tryParse);
    }

    @Test
    void recordKeysAreAcceptedAndRefusedAsTheNetworkDoes() {
        check("recordkey", RecordKey::tryParse);
    }

    @Test
    void tidsAreAcceptedAndRefusedAsTheNetworkDoes() {
        check("tid", Tid::tryParse);
    }

    @Test
    void atUrisAreAcceptedAndRefusedAsTheNetworkDoes() {
        check("aturi", AtUri::tryParse);
    }

    @Test
    void cidTextsAreAcceptedAndRefusedAsTheNetworkDoes() {
        checkThat("cid", Cid::hasSyntax);
    }

    @Test
    void datetimesAreAcceptedAndRefusedAsTheNetworkDoes() {
        checkThat("datetime", Datetime::hasSyntax);
        assertThat(Vectors.lines("syntax/datetime_parse_invalid.txt"))
                .isNotEmpty()
                .noneMatch(Datetime::hasSyntax);
    }

    @Test
    void languagesAreAcceptedAndRefusedAsTheNetworkDoes() {
        checkThat("language", LanguageTag::hasSyntax);
        assertThat(Vectors.lines("syntax/language_parse_invalid.txt"))
                .isNotEmpty()
                .noneMatch(LanguageTag::hasSyntax);
    }

    @Test
    void urisAreAcceptedAndRefusedAsTheNetworkDoes() {
        checkThat("uri", WebUri::hasSyntax);
    }

    private static void check(String name, Function<String, ? extends Optional<?>> parse) {
        checkThat(name, text -> parse.apply(text).isPresent());
    }

    private static void checkThat(String name, Predicate<String> accepts) {
        assertThat(Vectors.lines("syntax/" + name + "_syntax_valid.txt"))
                .isNotEmpty()
                .allMatch(accepts);
        assertThat(Vectors.lines("syntax/" + name + "_syntax_invalid.txt"))
                .isNotEmpty()
                .noneMatch(accepts);
    }
}
