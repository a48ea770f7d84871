using PluginHost.Host.Foundation;

namespace PluginHost.Host.Cli.Commands.Doctor;

/// <summary>Options of <c>host doctor</c>: none.</summary>
[Example("host doctor")]
public sealed class DoctorOptions;

/// <summary><c>host doctor</c></summary>
internal sealed class DoctorCommand(Lazy<IEnumerable<IExamination>> examinations, IRunView view) : HostCommand<DoctorOptions>(
    "doctor", "Shows what this machine offers, and what to do about each problem. Exit code 5 if nothing can run.", order: 61)
{
    protected override Task<int> RunAsync(DoctorOptions options, CancellationToken cancellation)
    {
        var findings = examinations.Value.OrderBy(e => e.Order).SelectMany(e => e.Look()).ToList();
        var width = findings.Max(f => f.What.Length);
        foreach (var finding in findings) view.Result($"{finding.What.PadRight(width)}  {finding.Value}");
        var problems = findings.Where(f => f.Advice is not null).ToList();
        view.Result("");
        view.Result(problems.Count == 0 ? "No problems found." : $"{problems.Count} {(problems.Count == 1 ? "problem" : "problems")}:");
        foreach (var problem in problems) view.Result($"* {problem.What}: {problem.Advice}");
        return Task.FromResult(problems.Exists(p => p.Blocks) ? ExitCodes.Resources : ExitCodes.Done);
    }
}
