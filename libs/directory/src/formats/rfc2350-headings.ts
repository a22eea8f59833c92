/**
 * Words of headings by language, as `section phrase|phrase`, folded. The longest that a heading holds decides.
 */
export const headings: Readonly<Record<string, string>> = {
  en: `
    1 document information|about this document; 1.1 date of last update|last update|version;
    1.2 distribution list; 1.3 locations where|location of this document|where this document;
    1.4 authenticating this document|authenticity; 2 contact information; 2.1 name of the team|team name;
    2.2 address|postal address; 2.3 time zone|timezone;
    2.4 telephone number|telephone numbers|telephone|phone number|phone; 2.5 facsimile number|facsimile|fax;
    2.6 other telecommunication|other communication;
    2.7 electronic mail address|electronic mail|e-mail address|email address|e-mail|email;
    2.8 public keys and encryption information|public keys|public key|encryption information|pgp key|pgp;
    2.9 team members; 2.10 other information;
    2.11 points of customer contact|customer contact|operating hours|hours of operation|business hours;
    3 charter; 3.1 mission statement|mission; 3.2 constituency;
    3.3 sponsorship and/or affiliation|sponsorship|affiliation|sponsoring organization; 3.4 authority;
    4 policies; 4.1 types of incidents; 4.2 co-operation|cooperation|disclosure of information;
    4.3 communication and authentication; 5 services; 5.1 incident response|incident handling;
    5.2 proactive activities|proactive services;
    6 incident reporting forms|reporting forms|incident reporting; 7 disclaimers|disclaimer;
  `,
  fr: `
    1 informations sur le document|a propos de ce document;
    1.1 date de derniere mise a jour|derniere mise a jour; 1.2 liste de diffusion|liste de distribution;
    1.3 emplacement du document|ou trouver ce document;
    1.4 authentification du document|authenticite du document; 2 informations de contact|coordonnees;
    2.1 nom de l'equipe; 2.2 adresse postale|adresse; 2.3 fuseau horaire; 2.4 numero de telephone|telephone;
    2.5 telecopie|telecopieur|numero de fax|fax;
    2.6 autres moyens de telecommunication|autres telecommunications|autres moyens de communication;
    2.7 adresse electronique|courrier electronique|adresse e-mail|courriel;
    2.8 cles publiques|cle publique|chiffrement; 2.9 membres de l'equipe;
    2.10 autres informations|autre information;
    2.11 points de contact client|point de contact|heures de service|horaires; 3 charte;
    3.1 ordre de mission|mission|missions; 3.2 beneficiaires|perimetre|constituency;
    3.3 affiliation|parrainage|organisme de tutelle; 3.4 autorite; 4 politiques; 4.1 types d'incidents;
    4.2 cooperation; 4.3 communication et authentification; 5 services; 5.1 reponse aux incidents;
    5.2 activites proactives; 6 formulaires de notification|formulaires de signalement|formulaires;
    7 decharge de responsabilite|avertissement|clause de non-responsabilite;
  `,
  es: `
    1 informacion del documento|sobre este documento;
    1.1 fecha de la ultima actualizacion|ultima actualizacion; 1.2 lista de distribucion;
    1.3 ubicacion del documento|ubicaciones; 1.4 autenticacion del documento|autenticidad;
    2 informacion de contacto|datos de contacto; 2.1 nombre del equipo; 2.2 direccion postal|direccion;
    2.3 zona horaria|huso horario; 2.4 numero de telefono|telefono; 2.5 numero de fax|fax;
    2.6 otras telecomunicaciones|otros medios de comunicacion;
    2.7 correo electronico|direccion de correo electronico; 2.8 claves publicas|clave publica|cifrado;
    2.9 miembros del equipo; 2.10 otra informacion|informacion adicional;
    2.11 puntos de contacto|horario de atencion|horario; 3 carta|constitucion; 3.1 mision;
    3.2 comunidad|ambito de actuacion|circunscripcion; 3.3 patrocinio|afiliacion; 3.4 autoridad; 4 politicas;
    4.1 tipos de incidentes; 4.2 cooperacion; 4.3 comunicacion y autenticacion; 5 servicios;
    5.1 respuesta a incidentes|respuesta a incidentes; 5.2 actividades proactivas|servicios proactivos;
    6 formularios de notificacion|formularios; 7 descargo de responsabilidad|renuncia;
  `,
  de: `
    1 informationen zum dokument|dokumentinformationen|uber dieses dokument;
    1.1 letzte aktualisierung|datum der letzten anderung; 1.2 verteilerliste|verteiler;
    1.3 fundort|ort der veroffentlichung|speicherort; 1.4 authentizitat;
    2 kontaktinformationen|kontaktdaten|kontakt; 2.1 name des teams|teamname;
    2.2 postanschrift|anschrift|adresse; 2.3 zeitzone; 2.4 telefonnummer|telefon; 2.5 faxnummer|telefax|fax;
    2.6 weitere kommunikationsmittel|andere kommunikationsmittel|sonstige telekommunikation;
    2.7 e-mail-adresse|elektronische post|e-mail;
    2.8 offentliche schlussel|offentlicher schlussel|verschlusselung; 2.9 teammitglieder|mitglieder;
    2.10 weitere informationen|sonstige informationen;
    2.11 kundenkontakt|ansprechpartner|erreichbarkeit|geschaftszeiten; 3 charta|satzung;
    3.1 auftrag|leitbild; 3.2 zielgruppe|zustandigkeitsbereich; 3.3 trager|zugehorigkeit|finanzierung;
    3.4 befugnisse|rechtsgrundlage; 4 richtlinien; 4.1 arten von vorfallen|vorfallsarten; 4.2 zusammenarbeit;
    4.3 kommunikation und authentifizierung; 5 dienstleistungen|dienste|leistungen;
    5.1 vorfallbearbeitung|vorfallsbearbeitung; 5.2 proaktive; 6 meldeformulare; 7 haftungsausschluss;
  `,
  ru: `
    1 информация о документе|сведения о документе; 1.1 дата последнего обновления|последнее обновление;
    1.2 список рассылки; 1.3 местонахождение документа|расположение документа;
    1.4 подлинность документа|подтверждение подлинности; 2 контактная информация|контакты;
    2.1 название команды|наименование|название группы; 2.2 почтовыи адрес|адрес; 2.3 часовои пояс;
    2.4 номер телефона|телефон; 2.5 номер факса|факс; 2.6 другие средства связи|иные средства связи;
    2.7 адрес электроннои почты|электронная почта; 2.8 открытые ключи|открытыи ключ|шифрование;
    2.9 состав команды|члены команды; 2.10 другая информация|дополнительная информация;
    2.11 часы работы|время работы|порядок обращения; 3 устав|положение; 3.1 миссия;
    3.2 зона ответственности|сфера деиствия; 3.3 спонсорство|принадлежность|аффилиация; 3.4 полномочия;
    4 политики|правила; 4.1 типы инцидентов; 4.2 сотрудничество|взаимодеиствие; 4.3 связь и аутентификация;
    5 услуги; 5.1 реагирование на инциденты; 5.2 превентивные|проактивные;
    6 формы уведомления|формы сообщении; 7 отказ от ответственности;
  `,
  pt: `
    1 informacao do documento|informacoes do documento; 1.1 data da ultima atualizacao|ultima atualizacao;
    2 informacao de contacto|informacoes de contato; 2.1 nome da equipa|nome da equipe; 2.2 endereco|morada;
    2.3 fuso horario; 2.4 numero de telefone|telefone; 2.6 outras telecomunicacoes;
    2.7 correio eletronico|endereco eletronico; 2.8 chaves publicas; 2.9 membros da equipa|membros da equipe;
    2.10 outras informacoes; 2.11 horario de funcionamento|pontos de contacto; 3.1 missao;
    3.2 comunidade servida|comunidade; 3.3 patrocinio|afiliacao; 3.4 autoridade; 4 politicas; 5 servicos;
    5.1 resposta a incidentes; 6 formularios; 7 isencao de responsabilidade;
  `,
  it: `
    1 informazioni sul documento; 1.1 data dell'ultimo aggiornamento|ultimo aggiornamento;
    2 informazioni di contatto|contatti; 2.1 nome del team|nome della squadra; 2.2 indirizzo;
    2.3 fuso orario; 2.4 numero di telefono|telefono; 2.6 altre telecomunicazioni;
    2.7 posta elettronica|indirizzo e-mail; 2.8 chiavi pubbliche|chiave pubblica; 2.9 membri del team;
    2.10 altre informazioni; 2.11 orari di servizio|orario; 3.1 missione;
    3.2 comunita di riferimento|constituency; 3.3 sponsorizzazione|affiliazione; 3.4 autorita; 4 politiche;
    5 servizi; 5.1 risposta agli incidenti; 6 moduli; 7 esclusione di responsabilita;
  `,
  pl: `
    1 informacje o dokumencie; 1.1 data ostatniej aktualizacji; 2 informacje kontaktowe|dane kontaktowe;
    2.1 nazwa zespolu; 2.2 adres; 2.3 strefa czasowa; 2.4 numer telefonu|telefon; 2.5 numer faksu|faks;
    2.7 adres e-mail|poczta elektroniczna; 2.8 klucze publiczne|klucz publiczny; 2.9 czlonkowie zespolu;
    2.10 inne informacje; 2.11 godziny pracy|punkty kontaktu; 3.1 misja; 3.2 obszar dzialania|odbiorcy;
    3.3 afiliacja|finansowanie; 3.4 upowaznienie|umocowanie; 4 polityki; 5 uslugi;
    5.1 reagowanie na incydenty|obsluga incydentow; 6 formularze; 7 zastrzezenia;
  `,
  cs: `
    1 informace o dokumentu; 1.1 datum posledni aktualizace|posledni aktualizace;
    2 kontaktni informace|kontaktni udaje; 2.1 nazev tymu|jmeno tymu; 2.2 adresa;
    2.3 casove pasmo|casova zona; 2.4 telefonni cislo|telefon; 2.5 faxove cislo;
    2.7 elektronicka posta|e-mailova adresa; 2.8 verejne klice|verejny klic; 2.9 clenove tymu;
    2.10 dalsi informace|ostatni informace; 2.11 provozni doba|pracovni doba; 3.1 poslani;
    3.2 pole pusobnosti|oblast pusobnosti; 3.3 zrizovatel|prislusnost; 3.4 opravneni|pravomoc; 4 zasady;
    5 sluzby; 5.1 reakce na incidenty; 6 formulare; 7 vylouceni odpovednosti;
  `,
  nl: `
    1 documentinformatie|over dit document; 1.1 datum laatste wijziging|laatste wijziging;
    2 contactinformatie|contactgegevens; 2.1 naam van het team; 2.2 adres; 2.3 tijdzone;
    2.4 telefoonnummer|telefoon; 2.5 faxnummer; 2.6 overige telecommunicatie;
    2.7 e-mailadres|elektronische post; 2.8 publieke sleutels|publieke sleutel|openbare sleutel;
    2.9 teamleden; 2.10 overige informatie; 2.11 openingstijden|bereikbaarheid; 3.1 missie; 3.2 doelgroep;
    3.3 sponsoring|moederorganisatie; 3.4 bevoegdheid; 4 beleid; 5 diensten; 5.1 incidentafhandeling;
    6 meldformulieren; 7 vrijwaring;
  `,
  ar: `
    1 معلومات الوثيقة; 1.1 تاريخ اخر تحديث|اخر تحديث; 2 معلومات الاتصال; 2.1 اسم الفريق; 2.2 العنوان;
    2.3 المنطقة الزمنية; 2.4 رقم الهاتف|الهاتف; 2.5 الفاكس; 2.7 البريد الالكتروني;
    2.8 المفاتيح العامة|المفتاح العام; 2.9 اعضاء الفريق; 2.11 ساعات العمل; 3.1 المهمة|الرسالة; 3.4 السلطة;
    5 الخدمات;
  `,
  zh: `
    1 文档信息; 1.1 最后更新|更新日期; 2 联系信息|联系方式; 2.1 团队名称|名称; 2.2 地址; 2.3 时区; 2.4 电话号码|电话; 2.5 传真; 2.7 电子邮件|电子邮箱;
    2.8 公钥; 2.9 团队成员; 2.11 工作时间; 3.1 使命; 3.2 服务对象; 3.4 权限; 5 服务; 7 免责声明;
  `,
};
