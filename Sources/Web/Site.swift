package import Hummingbird

/// The map of the site: every route, below the audience that it is for.
package enum Site {
    package static func router(services: Services) -> Router<SiteContext> { map(services: services).router }

    /// Every route with its audience, for the tests that walk them all.
    package static func routes(services: Services) -> [RouteMap.Entry] { map(services: services).entries }

    private static func map(services: Services) -> RouteMap {
        let router = Router(context: SiteContext.self, options: .autoGenerateHeadEndpoints)
        router.addMiddleware {
            RequestLog(services: services)
            SecurityHeaders(isSecure: services.settings.publicURL.isSecure)
            Arrival(services: services)
            ErrorPages(services: services)
            HostCheck(services.settings)
            CrossSite(origin: services.settings.publicURL.origin)
            LoadSession(services: services)
            // Once more, for what is thrown from here on is said in the language of the person who is signed in.
            ErrorPages(services: services)
        }
        let map = RouteMap(router: router)
        map.mount(AnyoneContext.self) { anyone in
            AssetsController(assets: services.assets).routes(anyone)
            HealthController(services: services).routes(anyone)
            LanguageController(services: services).routes(anyone)
            SignInController(services: services).routes(anyone)
            ActivationController(services: services).routes(anyone)
            ForgottenPasswordController(services: services).routes(anyone)
            NoticesController(services: services).routes(anyone)
        }
        map.mount(ChoosingContext.self) { ChoosePasswordController(services: services).routes($0) }
        map.mount(SignedInContext.self) { signedIn in
            AccountController(services: services).routes(signedIn)
            SessionController(services: services).routes(signedIn)
        }
        map.mount(StudentContext.self) { StudentHomeController(services: services).routes($0) }
        map.mount(TeacherContext.self) { staff in
            TrackersController(services: services).routes(staff)
            StudentsController(services: services).routes(staff)
            StudentDetailController(services: services).routes(staff)
            CorrectAddressController(services: services).routes(staff)
            ResettingController(services: services).routes(staff)
            MailingsController(services: services).routes(at: staff)
            MailingsController(services: services).routes(staff)
            MailingSteeringController(services: services).routes(staff)
            CardSheetsController(services: services).routes(at: staff)
            CardSheetsController(services: services).routes(staff)
        }
        map.mount(AdministratorContext.self) { administrator in
            OverviewController(services: services).routes(administrator)
            AdminStudentsController(services: services).routes(administrator)
            StudentDetailController(services: services).routes(administrator)
            CorrectAddressController(services: services).routes(administrator)
            AddressListsController(services: services).routes(administrator)
            MailingsController(services: services).routes(at: administrator)
            CardSheetsController(services: services).routes(at: administrator)
            AuditController(services: services).routes(administrator)
            MailSendersController(services: services).routes(administrator)
            StaffController(services: services).routes(administrator)
            ByHandController(services: services).routes(administrator)
            UsernamesController(services: services).routes(administrator)
            SamePersonController(services: services).routes(administrator)
            JoiningController(services: services).routes(administrator)
            StaffTrackersController(services: services).routes(administrator)
            StaffSendController(services: services).routes(administrator)
            ResettingController(services: services).routes(administrator)
        }
        map.mount(DistrictContext.self) { district in
            StaffRolesController(services: services).routes(district)
            RostersController(services: services).routes(district)
            BlackoutsController(services: services).routes(district)
            LeaversController(services: services).routes(district)
            StudentListsController(services: services).routes(district)
            RosterServiceController(services: services).routes(district)
            AddressListsController(services: services).routes(district)
            MailController(services: services).routes(district)
            MailWordsController(services: services).routes(district)
        }
        return map
    }
}
