package dev.drawbridge.console;

import dev.drawbridge.engine.Connectors;
import dev.drawbridge.engine.InstanceStatus;
import dev.drawbridge.engine.Lookup;
import dev.drawbridge.engine.Ports;
import dev.drawbridge.engine.PublicPosts;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.webjars.WebJarVersionLocator;

/// The pages, put together. Needs [Ports], [Connectors], [Lookup], [PublicPosts], [InstanceStatus], [Callers],
/// [PageTexts] and a [ConsoleInfo]; uses [PostTexts] if there is one.
@Configuration(proxyBeanMethods = false)
public class ConsolePages implements WebMvcConfigurer {
    @Bean
    PagesController pagesController(Overview overview, ConsoleInfo info) {
        return new PagesController(overview, info);
    }

    @Bean
    Overview overview(Ports ports, Connectors connectors, ObjectProvider<PostTexts> texts) {
        return new Overview(ports, connectors, texts.getIfAvailable(() -> PostTexts.UNKNOWN));
    }

    @Bean
    Questions questions(Callers callers) {
        return new Questions(callers, InstantSource.system());
    }

    @Bean
    LookupController lookupController(Lookup lookup, ConsoleInfo info, Questions questions) {
        return new LookupController(lookup, info, questions);
    }

    @Bean
    PublicController publicController(
            PublicPosts posts, Lookup lookup, Questions questions, ConsoleInfo info, PageTexts texts) {
        return new PublicController(posts, lookup, questions, info, texts);
    }

    @Bean
    StatusController statusController(InstanceStatus status, ConsoleInfo info, PageTexts texts) {
        return new StatusController(status, info, texts);
    }

    @Bean
    ErrorPage errorPage(ConsoleInfo info, MessageSource words) {
        return new ErrorPage(info, words);
    }

    /// Spring hands it to the template engine.
    @Bean
    PlainWriting plainWriting() {
        return new PlainWriting();
    }

    @Bean
    KeptQuery keptQuery() {
        return new KeptQuery();
    }

    /// Takes the place of the one that Spring would make.
    @Bean
    MessageSource messageSource() {
        return PageWords.with();
    }

    /// Takes the place of the one that Spring would make.
    @Bean
    LocaleResolver localeResolver() {
        return new PageLanguageResolver();
    }

    /// On whatever this module answers: a list of paths would be one to forget something on.
    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new PageHeaders());
        registry.addInterceptor(new PageLanguageResolver());
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        assets(registry, "/assets/**", "classpath:/dev/drawbridge/console/assets/");
        var libraries = new WebJarVersionLocator();
        for (String library : List.of("htmx.org/dist", "htmx-ext-sse")) {
            String name = library.split("/")[0];
            String version = Objects.requireNonNull(libraries.version(name), name);
            assets(
                    registry,
                    "/assets/" + name + "/*",
                    "classpath:/META-INF/resources/webjars/" + library.replaceFirst(name, name + "/" + version) + "/");
        }
    }

    private static void assets(ResourceHandlerRegistry registry, String paths, String location) {
        registry.addResourceHandler(paths)
                .addResourceLocations(location)
                .setCacheControl(CacheControl.maxAge(Duration.ofMinutes(10)));
    }
}
