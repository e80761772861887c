package dev.drawbridge.activitypub.http;

import dev.drawbridge.model.page.PageLanguage;
import dev.drawbridge.model.spi.HttpCall;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;

/// What a page says, in the language of whoever looks.
///
/// @param kept what links to the other languages keep of the query; ends with `&` if there is anything
/// @param asked whether whoever looks asked for the language just now
record PageWords(Locale language, String kept, boolean asked) {
    static final String BUNDLE = "dev.drawbridge.activitypub.http.pages";

    static PageWords of(HttpCall call) {
        return new PageWords(
                PageLanguage.of(call),
                PageLanguage.kept(Optional.ofNullable(call.uri().getRawQuery())),
                call.query(PageLanguage.NAME).flatMap(PageLanguage::known).isPresent());
    }

    /// A sentence with what belongs into its places, to be escaped as a whole.
    String say(String key, String... with) {
        // The languages of this machine are nobody's business.
        var words = ResourceBundle.getBundle(
                BUNDLE, language, ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_DEFAULT));
        return new MessageFormat(words.getString(key), language).format(with);
    }
}
