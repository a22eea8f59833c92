import acknowledgement from '../catalogue/acknowledgement.template.json' with { type: 'json' };
import assistanceRequest from '../catalogue/assistance-request.template.json' with { type: 'json' };
import mitigationRequest from '../catalogue/mitigation-request.template.json' with { type: 'json' };
import response from '../catalogue/response.template.json' with { type: 'json' };

/** The template documents that come with the system, by key: unread, for loadCatalogue. */
export const catalogueDocuments: Readonly<Record<string, unknown>> = {
  'assistance-request': assistanceRequest,
  'mitigation-request': mitigationRequest,
  acknowledgement,
  response,
};
