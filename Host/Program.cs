return await PluginHost.Host.HostProgram.RunAsync(args);
