import { Controller, Get, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { demandAudiences, For } from './audience.js';

@Controller('declared')
class Declared {
  @Get()
  @For('public')
  read() {
    return {};
  }

  @Post(':id')
  @For('body')
  change() {
    return {};
  }
}

@Controller('forgotten')
class Forgotten {
  @Get()
  read() {
    return {};
  }
}

async function serverOf(...controllers: (new () => object)[]): Promise<NestFastifyApplication> {
  @Module({ controllers })
  class Server {}
  const app = await NestFactory.create<NestFastifyApplication>(Server, new FastifyAdapter(), {
    logger: false,
    abortOnError: false,
  });
  demandAudiences(app.getHttpAdapter().getInstance());
  return app;
}

describe('the audience of a route', () => {
  it('is known to the server for each route and method', async () => {
    const app = await serverOf(Declared);
    await app.init();
    expect(app.getHttpAdapter().getInstance().routeAudiences).toEqual([
      { method: 'GET', url: '/declared', audience: 'public' },
      { method: 'HEAD', url: '/declared', audience: 'public' },
      { method: 'POST', url: '/declared/:id', audience: 'body' },
    ]);
    await app.close();
  });

  it('is demanded: a server with a route that declares none does not start', async () => {
    const app = await serverOf(Declared, Forgotten);
    await expect(app.listen(0)).rejects.toThrow('GET /forgotten declares no audience');
  });

  it('is demanded of routes beside the controllers too, but for the pages that describe the interface', async () => {
    const app = await serverOf(Declared);
    const fastify = app.getHttpAdapter().getInstance();
    expect(() => fastify.get('/beside', () => 'x')).toThrow('GET /beside declares no audience');
    expect(() => fastify.get('/api/docsify', () => 'x')).toThrow('declares no audience');
    expect(() => fastify.get('/api/docs/index.html', () => 'x')).not.toThrow();
  });
});
