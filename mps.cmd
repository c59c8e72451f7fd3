@echo off
rem MPS Bureau, une seule commande : trouve Python, puis confie tout a installer\bootstrap.py.
setlocal
chcp 65001 >nul
for %%P in ("py -3.11" "py -3.12" "py -3.13" "py -3" "python") do (
    %%~P -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>&1 && (
        %%~P "%~dp0installer\bootstrap.py" %*
        goto :end
    )
)
echo MPS Bureau demande Python 3.11 ou plus recent : installez-le pour votre compte, puis relancez cette commande. 1>&2
exit /b 1
:end
exit /b %errorlevel%
