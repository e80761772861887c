package dev.drawbridge.console;

import dev.drawbridge.engine.Connectors;
import dev.drawbridge.engine.Ports;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// The pages, put together. Needs [Ports], [Connectors] and a [ConsoleInfo]; uses [PostTexts] if there is one.
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

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new PageHeaders()).addPathPatterns("/", "/demo", "/status", "/api/v1/**", "/assets/**");
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/assets/**")
                .addResourceLocations("classpath:/dev/drawbridge/console/assets/")
                .setCacheControl(CacheControl.maxAge(Duration.ofMinutes(10)));
    }
}
