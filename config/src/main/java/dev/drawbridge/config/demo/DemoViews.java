package dev.drawbridge.config.demo;

import dev.drawbridge.console.PageWords;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.MessageSource;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/// The page of the demo and its parts, as markup. What people wrote is escaped by the templates, always.
final class DemoViews {
    static final String WORDS = "dev.drawbridge.config.demo.words";
    private final MessageSource words = PageWords.with(WORDS);
    private final SpringTemplateEngine engine = new SpringTemplateEngine();

    DemoViews() {
        var templates = new ClassLoaderTemplateResolver(DemoViews.class.getClassLoader());
        templates.setPrefix("templates/");
        templates.setSuffix(".html");
        templates.setTemplateMode(TemplateMode.HTML);
        templates.setCharacterEncoding("UTF-8");
        engine.setTemplateResolver(templates);
        engine.setTemplateEngineMessageSource(words);
    }

    /// @param template below `templates/`
    String whole(String template, Locale language, Map<String, Object> model) {
        return engine.process(template, new Context(language, model));
    }

    String words(String key, Locale language, Object... places) {
        Object[] shown = Arrays.stream(places).map(Object::toString).toArray();
        return Optional.ofNullable(words.getMessage(key, shown, "", language)).orElse("");
    }
}
