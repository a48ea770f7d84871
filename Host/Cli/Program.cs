if (PluginHost.Host.Cli.DescriptorLimit.IsTooLow()) return PluginHost.Host.Cli.DescriptorLimit.ExitCode;
return await PluginHost.Host.Cli.HostProgram.RunAsync(args);
