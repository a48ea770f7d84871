using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PluginHost.Host.Cli.Commands;
using PluginHost.Host.Cli.Commands.Options;
using PluginHost.Host.Cli.Terminal;
using PluginHost.Host.Foundation;
using PluginHost.Libs.Files.Piped;

namespace PluginHost.Host.Cli;

/// <summary>The process from its arguments to its exit code.</summary>
public static class HostProgram
{
    /// <summary>Runs one command.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var streams = StandardStreams.Guard();
        using var interruption = new Interruption();
        ProcessEnd.Watch(streams);
        Interruptions.Token = interruption.Token;
        var builder =
            Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddHostServices(streams);
        using var host = builder.Build();
        var settings = host.Services.GetRequiredService<HostSettings>();
        try
        {
            var commands = host.Services.GetRequiredService<CommandLine>();
            var parsed = commands.Parse(args);
            if (parsed.Errors.Count > 0) return ParseFailure.Report(parsed, streams.Error);
            var configuration = new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = streams.Output, Error = streams.Error,
            };
            var code = await parsed.InvokeAsync(configuration, interruption.Token);
            return streams.Judge(interruption.ExitCode(code), KeepsResults(parsed));
        }
        catch (Exception e)
        {
            return interruption.ExitCode(Failure.Report(e, settings.Verbose, interruption.Requested, streams.Error));
        }
    }
    /// <summary>Whether what a command found stands in files, so that little is lost with its standard output.</summary>
    private static bool KeepsResults(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        return command.Name is "run" or "benchmark"
            || command.Options.FirstOrDefault(o => o.Name == "--output") is { } output && parsed.GetResult(output) is { Implicit: false };
    }
}
