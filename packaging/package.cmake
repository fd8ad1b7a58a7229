# What an installed Recado consists of, and the Debian package of it:
#
#   ./run.sh --build-only && cpack --config build/CPackConfig.cmake -B build/package
#
# The page and the npm package are made by npm and stand beside the build; run.sh makes all three.
if(NOT TARGET recado)
  return()
endif()
set(CMAKE_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
install(TARGETS recado RUNTIME DESTINATION bin)
install(DIRECTORY ${CMAKE_SOURCE_DIR}/web/dist/ DESTINATION share/recado/web)
install(DIRECTORY ${CMAKE_SOURCE_DIR}/wasm/dist/ DESTINATION share/recado/core)
install(DIRECTORY ${CMAKE_SOURCE_DIR}/docs/ DESTINATION share/doc/recado FILES_MATCHING PATTERN "*.md")
install(FILES ${CMAKE_SOURCE_DIR}/LICENSE DESTINATION share/doc/recado RENAME copyright)
install(FILES ${CMAKE_SOURCE_DIR}/CHANGELOG.md DESTINATION share/doc/recado)
install(FILES ${CMAKE_CURRENT_LIST_DIR}/recado.service DESTINATION lib/systemd/system)
install(FILES ${CMAKE_CURRENT_LIST_DIR}/recado.toml DESTINATION /etc/recado)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME recado)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT "The Recado authors <recado@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "CRM automation rules for talking to customers")
set(CPACK_PACKAGE_DESCRIPTION
"When a deal, lead, invoice or order enters a stage, a rule sends an SMS, an e-mail, a call or a chat message.
 Rules are written in a browser page that checks, counts and previews with the same core that sends.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS ${CMAKE_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS})
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "ca-certificates, passwd")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
    ${CMAKE_CURRENT_LIST_DIR}/debian/postinst;${CMAKE_CURRENT_LIST_DIR}/debian/prerm;${CMAKE_CURRENT_LIST_DIR}/debian/postrm;${CMAKE_CURRENT_LIST_DIR}/debian/conffiles)
include(CPack)
