using System.Reflection;

namespace PluginHost.PluginKit.Rules;

/// <summary>One thing that the contract asks of a component.</summary>
/// <param name="Name">In a few words.</param>
/// <param name="Check">Throws a <see cref="ConformanceException"/> where it is broken.</param>
internal sealed record Rule(string Name, Action Check)
{
    /// <summary>Tries it; whatever is thrown becomes a verdict.</summary>
    public RuleVerdict Try(string component)
    {
        try
        {
            Check();
            return new(component, Name, Outcome.Kept);
        }
        catch (Exception e) when (Cause(e) is NotTriedException reason)
        {
            return new(component, Name, Outcome.NotTried, reason.Message);
        }
        // Not one kind of exception may pass: a plugin's code has just run.
        catch (Exception e)
        {
            return new(component, Name, Outcome.Broken, Cause(e) is ConformanceException broken ? broken.Message : Threw(Cause(e)));
        }
    }

    /// <summary>An exception and where it came from, in the words of a verdict.</summary>
    public static string Threw(Exception exception)
    {
        var place = exception.StackTrace?.Split('\n').Select(l => l.Trim())
            .FirstOrDefault(l => !l.StartsWith("at System.", StringComparison.Ordinal));
        return $"it threw {exception.GetType().Name}: {exception.Message.Split('\n')[0].Trim()}{(place is null ? "" : $" ({place})")}";
    }

    private static Exception Cause(Exception exception) =>
        exception is TargetInvocationException or TypeInitializationException or AggregateException && exception.InnerException is { } inner
            ? Cause(inner) : exception;
}
