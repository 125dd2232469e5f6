"""Who is let in where, and what the door says: one row for each address of the site.

The first column is the pattern as the site map has it (“.” is the home page). The second says for whom it is:

everybody    the same for all, whatever they bring along
code         everybody, but a code that is known gets the answer in the row, and any other 422
linked       whoever has the link; for everybody else the page is not there (404)
viewers      whoever works at the desk may look; hosts and owners may do it
hosts        hosts and owners
mine         the host whose it is; another one is led to their own (302>/desk/notices/)
owners       owners alone
staff        whoever works at the desk, also to change it: it is their own matter
signed-in    whoever has an account; everybody else is asked to sign in
signed-out   whoever is not signed in; everybody else is led to the desk (302>/desk/)

The third and the fourth are the answers to GET and to a POST that has nothing in it: the status, and where a redirect
leads. <here> is the address itself, <ref> and the like are what stands in its gaps; “"” is the same as to GET. HEAD
is answered like GET. No address knows another method.
"""

TABLE = r"""
healthz                                                  everybody  200                  405
readyz                                                   everybody  200                  405
metrics                                                  everybody  404                  405

ask/                                                     everybody  200                  200
ask/watched-for.json                                     everybody  200                  405
ask/after/<slug:slug>/                                   everybody  200                  200
ask/about/<slug:slug>/                                   everybody  200                  200
receipt/                                                 code       200                  200
receipt/lost/                                            everybody  200                  200
ask                                                      everybody  301><here>/          "
ask/after/<slug:slug>                                    everybody  301><here>/          "
ask/about/<slug:slug>                                    everybody  301><here>/          "
receipt                                                  everybody  301><here>/          "
receipt/lost                                             everybody  301><here>/          "

desk/                                                    viewers    200                  405
desk/queue/<queue:name>/                                 viewers    200                  405
desk/queue/<queue:name>/news.json                        viewers    200                  405
desk/queue/preview/                                      hosts      302>/desk/queue/waiting/ "
desk/queue/decide/                                       hosts      302>/desk/queue/waiting/ "
desk/queue/undo/<uuid:batch>/                            hosts      302>/desk/queue/waiting/ "
desk/queue/views/                                        hosts      200                  405
desk/queue/views/save/                                   hosts      302>/desk/queue/views/ 422
desk/queue/views/<uuid:ref>/                             hosts      302>/desk/queue/views/ 422
desk/search/                                             hosts      200                  422
desk/questions/<uuid:ref>/                               viewers    200                  405
desk/questions/<uuid:ref>/here/                          hosts      302>/desk/questions/<ref>/#chosen 422
desk/questions/<uuid:ref>/alert/                         hosts      302>/desk/questions/<ref>/#chosen "
desk/questions/<uuid:ref>/stand-down/                    hosts      302>/desk/questions/<ref>/#chosen 409
desk/questions/<uuid:ref>/lift/                          hosts      302>/desk/questions/<ref>/#chosen 409
desk/questions/<uuid:ref>/keep/                          hosts      302>/desk/questions/<ref>/#chosen 409
desk/questions/<uuid:ref>/claim/                         hosts      302>/desk/questions/<ref>/#chosen 409
desk/questions/<uuid:ref>/unclaim/                       hosts      302>/desk/questions/<ref>/#chosen 409
desk/questions/<uuid:ref>/take-over/                     hosts      302>/desk/questions/<ref>/#chosen 409
desk/questions/<uuid:ref>/tag/                           hosts      302>/desk/questions/<ref>/#chosen "
desk/questions/<uuid:ref>/decline/                       hosts      302>/desk/questions/<ref>/#chosen 422
desk/questions/<uuid:ref>/reconsider/                    hosts      302>/desk/questions/<ref>/#chosen 409
desk/questions/<uuid:ref>/merge/                         hosts      302>/desk/questions/<ref>/#chosen 422
desk/questions/<uuid:ref>/split/                         hosts      302>/desk/questions/<ref>/#chosen 409
desk/questions/<uuid:ref>/reply/                         hosts      302>/desk/questions/<ref>/#chosen 422
desk/questions/<uuid:ref>/note/                          hosts      302>/desk/questions/<ref>/#chosen 422
desk/questions/<uuid:ref>/answer-privately/              hosts      302>/desk/questions/<ref>/#chosen 422
desk/history/<int:event>/undo/                           hosts      302>/desk/questions/<question>/ "
desk/preferences/                                        staff      200                  302><here>
desk/questions/<uuid:ref>/answer/                        hosts      200                  422
desk/questions/<uuid:ref>/autosave/                      hosts      302>/desk/questions/<ref>/answer/ 422
desk/questions/<uuid:ref>/wording/                       hosts      302>/desk/questions/<ref>/answer/ 200
desk/questions/<uuid:ref>/revisions/                     hosts      200                  405
desk/questions/<uuid:ref>/revisions/compare/             hosts      302>/desk/questions/<ref>/revisions/ 405
desk/questions/<uuid:ref>/revisions/<int:number>/name/   hosts      302>/desk/questions/<ref>/revisions/ 404
desk/preview/                                            hosts      405                  200
desk/mentions/                                           hosts      200                  405
desk/episodes/                                           hosts      200                  405
desk/calendar/                                           hosts      200                  405
desk/calendar/<int:year>/<int:month>/                    hosts      200                  405
desk/episodes/new/                                       hosts      200                  422
desk/episodes/<uuid:ref>/                                hosts      200                  422
desk/episodes/<uuid:ref>/preview/                        hosts      200                  405
desk/episodes/<uuid:ref>/publish/                        hosts      302>/desk/episodes/<ref>/preview/ 409
desk/episodes/<uuid:ref>/schedule/                       hosts      302>/desk/episodes/<ref>/preview/ 422
desk/episodes/<uuid:ref>/unschedule/                     hosts      302>/desk/episodes/<ref>/preview/ 409
desk/episodes/<uuid:ref>/retract/                        hosts      200                  409
desk/episodes/<uuid:ref>/correct/                        hosts      200                  200
desk/episodes/<uuid:ref>/disband/                        hosts      200                  409
desk/episodes/<uuid:ref>/link/                           hosts      200                  200
desk/questions/<uuid:ref>/guest/                         hosts      200                  200
desk/links/<uuid:ref>/revoke/                            hosts      302>/desk/episodes/<episode>/preview/ "
desk/reports/                                            viewers    200                  405
desk/reports/<uuid:ref>/                                 viewers    200                  405
desk/reports/<uuid:ref>/settle/                          hosts      302>/desk/reports/<ref>/ 422
desk/reports/<uuid:ref>/take-up/                         hosts      302>/desk/reports/<ref>/ 409
desk/house/                                              hosts      200                  405
desk/house/well/                                         hosts      200                  405
desk/house/asking/                                       hosts      200                  422
desk/house/promises/                                     owners     200                  422
desk/house/crisis-lines/                                 hosts      200                  405
desk/house/crisis-lines/new/                             hosts      200                  422
desk/house/crisis-lines/<int:pk>/                        hosts      200                  422
desk/house/crisis-lines/<int:pk>/confirm/                hosts      302>/desk/house/crisis-lines/ 409
desk/house/crisis-lines/<int:pk>/remove/                 hosts      200                  302>/desk/house/crisis-lines/
desk/show/                                               hosts      200                  405
desk/show/edit/                                          owners     200                  422
desk/show/preview/                                       owners     302>/desk/show/edit/ 200
desk/show/preview.css                                    hosts      200                  405
desk/topics/                                             hosts      200                  405
desk/topics/new/                                         hosts      200                  422
desk/topics/<int:pk>/                                    hosts      200                  422
desk/topics/<int:pk>/merge/                              hosts      200                  200
desk/topics/<int:pk>/delete/                             hosts      200                  409
desk/lists/<slug:kind>/                                  hosts      200                  405
desk/lists/<slug:kind>/new/                              hosts      200                  422
desk/lists/<slug:kind>/<int:pk>/                         hosts      200                  422
desk/lists/<slug:kind>/<int:pk>/move/                    hosts      302>/desk/lists/verdicts/ "
desk/lists/<slug:kind>/<int:pk>/remove/                  hosts      200                  409
desk/lists/<slug:kind>/preview/                          hosts      302>/desk/lists/verdicts/ 200
desk/resources/                                          hosts      200                  405
desk/people/                                             hosts      200                  405
desk/people/new/                                         owners     200                  422
desk/people/invite/                                      owners     200                  422
desk/people/invitations/<uuid:ref>/revoke/               owners     302>/desk/people/    "
desk/people/<uuid:ref>/                                  owners     200                  422
desk/people/<uuid:ref>/role/                             owners     302>/desk/people/<ref>/ 422
desk/people/<uuid:ref>/sessions/                         owners     302>/desk/people/<ref>/ "
desk/people/<uuid:ref>/goodbye/                          owners     200                  302>/desk/people/
desk/history/                                            hosts      200                  405
desk/history/history.csv                                 hosts      200                  405
desk/history/history.json                                hosts      200                  405
desk/notices/                                            hosts      200                  422
desk/notices/address/                                    hosts      302>/desk/notices/   422
desk/notices/address/confirm/                            hosts      302>/desk/notices/   "
desk/notices/address/remove/                             hosts      302>/desk/notices/   "
desk/notices/webhooks/new/                               hosts      200                  422
desk/notices/webhooks/<uuid:ref>/                        mine       200                  200
desk/notices/webhooks/<uuid:ref>/pause/                  mine       302>/desk/notices/webhooks/<ref>/ "
desk/notices/webhooks/<uuid:ref>/test/                   mine       302>/desk/notices/webhooks/<ref>/ "
desk/notices/webhooks/<uuid:ref>/remove/                 mine       200                  302>/desk/notices/
desk/insights/                                           hosts      200                  405
desk/insights/<slug:name>.csv                            hosts      200                  405

^desk/account/password/reset/(?P<rest>.*)$               everybody  200                  200
^desk/account/(?:confirm-)?email/(?P<rest>.*)$           everybody  404                  404
desk/account/                                            signed-in  200                  200
desk/account/sessions/end/                               signed-in  302>/desk/account/   "
desk/account/sessions/<int:pk>/end/                      signed-in  302>/desk/account/   "
desk/account/login/                                      signed-out 200                  200
desk/account/logout/                                     signed-out 302>/                "
desk/account/inactive/                                   everybody  200                  405
desk/account/signup/                                     signed-out 200                  200
desk/account/reauthenticate/                             signed-in  200                  200
desk/account/email/                                      everybody  404                  404
desk/account/confirm-email/                              everybody  404                  404
desk/account/password/change/                            signed-in  200                  200
desk/account/password/set/                               signed-in  302>/desk/account/password/change/ "
desk/account/password/reset/                             everybody  200                  200
desk/account/login/code/confirm/                         signed-out 302>/desk/account/login/ "
desk/account/^confirm-email/(?P<key>[-:\w]+)/$           everybody  404                  404
desk/account/password/reset/key/done/                    everybody  200                  200
desk/account/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$ everybody  200                  200
desk/account/password/reset/done/                        everybody  200                  200
desk/account/2fa/                                        signed-in  200                  405
desk/account/2fa/authenticate/                           signed-out 302>/desk/account/login/ "
desk/account/2fa/reauthenticate/                         signed-in  302>/desk/account/reauthenticate/ "
desk/account/2fa/totp/activate/                          signed-in  302>/desk/account/reauthenticate/?next=<here> "
desk/account/2fa/totp/deactivate/                        signed-in  404                  404
desk/account/2fa/recovery-codes/                         signed-in  404                  405
desk/account/2fa/recovery-codes/generate/                signed-in  302>/desk/account/reauthenticate/?next=<here> "
desk/account/2fa/recovery-codes/download/                signed-in  404                  404
desk/account/2fa/webauthn/                               signed-in  200                  405
desk/account/2fa/webauthn/add/                           signed-in  302>/desk/account/reauthenticate/?next=<here> "
desk/account/2fa/webauthn/reauthenticate/                signed-in  302>/desk/account/reauthenticate/ "
desk/account/2fa/webauthn/keys/<int:pk>/remove/          signed-in  302>/desk/account/reauthenticate/?next=<here> "
desk/account/2fa/webauthn/keys/<int:pk>/edit/            signed-in  302>/desk/account/reauthenticate/?next=<here> "
desk/account/2fa/webauthn/login/                         signed-out 302>/desk/account/login/ "

join/<str:token>/                                        linked     200                  422
guest/<str:token>/                                       linked     200                  422
guest/<str:token>/look/                                  linked     405                  200
preview/<str:token>/                                     linked     200                  405

.                                                        everybody  200                  405
episodes/                                                everybody  200                  405
episodes/page/<int:number>/                              everybody  301>/episodes/       405
episodes/<slug:slug>/                                    everybody  200                  405
topics/                                                  everybody  200                  405
topics/<slug:slug>/                                      everybody  200                  405
topics/<slug:slug>/page/<int:number>/                    everybody  301>/topics/sleep/   405
seasons/<int:season_number>/                             everybody  200                  405
seasons/<int:season_number>/page/<int:number>/           everybody  301>/seasons/1/      405
people/<slug:slug>/                                      everybody  200                  405
people/<slug:slug>/page/<int:number>/                    everybody  301>/people/tomas/   405
verdicts/<slug:slug>/                                    everybody  200                  405
verdicts/<slug:slug>/page/<int:number>/                  everybody  301>/verdicts/you/   405
search/                                                  everybody  200                  405
about/                                                   everybody  200                  405
privacy/                                                 everybody  200                  405
house-rules/                                             everybody  200                  405
help-now/                                                everybody  200                  405
episodes/<slug:slug>/episode.epub                        everybody  200                  405
books/topics/<slug:slug>.epub                            everybody  200                  405
books/seasons/<int:season_number>.epub                   everybody  200                  405
your-device/                                             everybody  200                  405
manifest.webmanifest                                     everybody  200                  405
notes.webmanifest                                        everybody  200                  405
sw.js                                                    everybody  200                  405
show.css                                                 everybody  200                  405
feeds/                                                   everybody  200                  405
feeds/episodes.<format:format>                           everybody  200                  405
feeds/episodes/page/<int:number>.<format:format>         everybody  301>/feeds/episodes.rss 405
feeds/safe/episodes.<format:format>                      everybody  200                  405
feeds/safe/episodes/page/<int:number>.<format:format>    everybody  301>/feeds/safe/episodes.rss 405
feeds/topics/<slug:slug>.<format:format>                 everybody  200                  405
feeds/topics/<slug:slug>/page/<int:number>.<format:format> everybody  301>/feeds/topics/sleep.rss 405
feeds/safe/topics/<slug:slug>.<format:format>            everybody  200                  405
feeds/safe/topics/<slug:slug>/page/<int:number>.<format:format> everybody  301>/feeds/safe/topics/sleep.rss 405
feeds/people/<slug:slug>.<format:format>                 everybody  200                  405
feeds/people/<slug:slug>/page/<int:number>.<format:format> everybody  301>/feeds/people/tomas.rss 405
feeds/safe/people/<slug:slug>.<format:format>            everybody  200                  405
feeds/safe/people/<slug:slug>/page/<int:number>.<format:format> everybody  301>/feeds/safe/people/tomas.rss 405
oembed                                                   everybody  200                  405
sitemap.xml                                              everybody  200                  405
sitemap/<int:number>.xml                                 everybody  200                  405
robots.txt                                               everybody  200                  405
.well-known/security.txt                                 everybody  200                  405
"""
