return await PluginHost.Host.Cli.HostProgram.RunAsync(args);
