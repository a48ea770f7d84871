using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace PluginHost.Host.Plugins;

/// <summary>Finds the plugin whose code stands on a stack, and the line where its symbols lie beside it.</summary>
internal static class PluginFrames
{
    private static readonly Assembly contract = typeof(IPlugin).Assembly;

    /// <summary>A place in a plugin's code; as text "Plugin NAME (FILE) failed in TYPE.METHOD (FILE:LINE)".</summary>
    /// <param name="Plugin">Whose.</param>
    /// <param name="Method">Type and method.</param>
    /// <param name="Line">File and line; empty without symbols.</param>
    public sealed record Place(PluginInfo Plugin, string Method, string Line)
    {
        /// <inheritdoc/>
        public override string ToString() =>
            $"Plugin {Plugin.Name} ({Plugin.Path}) failed in {Method}{(Line.Length > 0 ? $" ({Line})" : "")}";
    }

    /// <summary>The innermost place that an exception, or what caused it, was thrown in or came through; null where there is
    /// none.</summary>
    /// <param name="failure">What was thrown.</param>
    /// <param name="components">Knows plugins by name, beside those that were loaded; null for those alone.</param>
    public static Place? Find(Exception failure, IComponentFactory? components) =>
        Chain(failure).Reverse().Select(cause => Find(new StackTrace(cause, fNeedFileInfo: true), components))
            .FirstOrDefault(place => place is not null);

    /// <summary>The innermost place on a stack.</summary>
    public static Place? Find(StackTrace stack, IComponentFactory? components) =>
        stack.GetFrames().Select(frame => Of(frame, components)).FirstOrDefault(place => place is not null);

    /// <summary>Who called the contract in a way that it refuses: the plugin right above it; null where that is the host.</summary>
    public static Place? Caller(PluginException misuse, IComponentFactory components)
    {
        var frames = new StackTrace(misuse, fNeedFileInfo: true).GetFrames();
        var inside = frames.TakeWhile(f => f.GetMethod()?.DeclaringType?.Assembly == contract).Count();
        return inside > 0 && inside < frames.Length ? Of(frames[inside], components) : null;
    }

    private static IEnumerable<Exception> Chain(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException) yield return cause;
    }

    private static Place? Of(StackFrame frame, IComponentFactory? components)
    {
        if (frame.GetMethod() is not { DeclaringType: { } type } method) return null;
        var plugin = Origins.Of(type.Assembly)
            ?? components?.Plugins.FirstOrDefault(p => p.Failure is null && p.Name == type.Assembly.GetName().Name);
        return plugin is null ? null : new Place(plugin, Name(type, method), Line(frame));
    }

    /// <summary>As it stands in the source: the compiler moves the bodies of iterators, async methods and lambdas elsewhere.</summary>
    public static string Name(Type type, MethodBase method)
    {
        var name = method.Name;
        while (type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) && type.DeclaringType is { } outer)
        {
            if (Written(type.Name) is { } body) name = body;
            type = outer;
        }
        return $"{type.Name.Split('`')[0]}.{Written(name) ?? name}";
    }

    /// <summary>What a made-up name says of the method it is from; local functions have names of their own.</summary>
    private static string? Written(string name)
    {
        if (!name.StartsWith('<')) return null;
        const string Local = ">g__";
        if (name.IndexOf(Local, StringComparison.Ordinal) is > 0 and var at) return name[(at + Local.Length)..].Split('|')[0];
        return name.TrimStart('<').Split('>')[0] is { Length: > 0 } method ? method : null;
    }

    private static string Line(StackFrame frame)
    {
        if (frame.GetFileName() is not { } file || frame.GetFileLineNumber() == 0) return "";
        return FormattableString.Invariant($"{(File.Exists(file) ? file : Path.GetFileName(file))}:{frame.GetFileLineNumber()}");
    }
}
