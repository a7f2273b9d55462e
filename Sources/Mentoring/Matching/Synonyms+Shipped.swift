extension Synonyms {
    /// What every community begins with.
    package static let shipped = (try? Synonyms(shippedText)) ?? Synonyms()

    static let shippedText = """
        # Programming
        js, javascript, ecmascript
        ts, typescript
        py, python
        golang, go language
        c++, cpp
        c#, csharp, dotnet, .net
        node, node.js, nodejs
        react, react.js, reactjs
        vue, vue.js, vuejs
        postgres, postgresql, psql
        sql, databases, database
        k8s, kubernetes
        docker, containers
        ci, continuous integration, ci/cd
        devops, site reliability, sre
        aws, amazon web services
        gcp, google cloud
        linux, unix
        git, version control
        oop, object-oriented programming
        tdd, test-driven development
        testing, qa, quality assurance
        frontend, front-end, front end
        backend, back-end, back end
        web development, web dev, webdev
        programming, coding, software development, software engineering
        algorithms, data structures
        infosec, security, cybersecurity, it security
        # Data
        ml, machine learning
        ai, artificial intelligence
        nlp, natural language processing
        data science, data analysis, data analytics
        statistics, stats
        viz, data visualisation, data visualization
        # Design and products
        ux, user experience
        ui, user interface, interface design
        graphic design, visual design
        pm, product management
        seo, search engine optimisation, search engine optimization
        a11y, accessibility
        i18n, internationalisation, internationalization
        # School and university
        maths, math, mathematics
        calculus, analysis
        physics, mechanics
        chemistry, chem
        biology, bio
        english, english language
        esl, english as a second language
        essays, essay writing, academic writing
        exams, exam preparation, test preparation
        homework, homework help
        thesis, dissertation
        phd, doctorate
        scholarships, scholarship, grants
        college applications, university applications
        # Work
        cv, resume, curriculum vitae, lebenslauf
        job interviews, interviews, interview preparation, vorstellungsgespräch
        job applications, applying for jobs, bewerbung, bewerbungen
        careers, career, career planning
        portfolio, portfolios, portfolio review
        public speaking, presentations, presenting
        leadership, people management, team lead
        startups, startup, entrepreneurship, founding
        freelancing, freelance, self-employment
        open source, foss, free software
        diy, making, makers
        3d printing, additive manufacturing
        """
}
