using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Torch.Tests.Surface;

/// <summary>The public members of the TorchSharp namespaces, one line each.</summary>
public static class PublicSurface
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void", [typeof(bool)] = "bool", [typeof(byte)] = "byte", [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short", [typeof(int)] = "int", [typeof(long)] = "long", [typeof(float)] = "float",
        [typeof(double)] = "double", [typeof(string)] = "string", [typeof(object)] = "object", [typeof(nint)] = "IntPtr",
        [typeof(ulong)] = "ulong", [typeof(uint)] = "uint", [typeof(ushort)] = "ushort", [typeof(char)] = "char",
    };

    public static IReadOnlyList<string> Of(Assembly assembly) =>
        [.. assembly.GetExportedTypes()
            .Where(static type => type.Namespace is "TorchSharp" or "TorchSharp.Modules" or "TorchSharp.Utils")
            .SelectMany(Lines).Distinct().Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Lines(Type type)
    {
        var name = Name(type);
        yield return $"{Kind(type)} {name}";
        if (type.IsEnum)
        {
            foreach (var value in Enum.GetNames(type))
                yield return $"{name}.{value} = {Convert.ToInt64(Enum.Parse(type, value), CultureInfo.InvariantCulture)}";
            yield break;
        }

        if (type.IsSubclassOf(typeof(Delegate))) yield break;
        foreach (var member in type.GetMembers(Own))
        {
            if (Line(member) is { } line) yield return $"{name}.{line}";
        }
    }

    private static string? Line(MemberInfo member) => member switch
    {
        ConstructorInfo { IsStatic: false } made when Seen(made) => $"{Access(made)}ctor({Parameters(made)})",
        MethodInfo method when Seen(method) && Told(method) =>
            $"{Access(method)}{Static(method.IsStatic)}{Name(method.ReturnType, Names(method.ReturnTypeCustomAttributes))} {method.Name}{Generic(method)}({Parameters(method)})",
        PropertyInfo property when (property.GetMethod ?? property.SetMethod) is { } accessor && Seen(accessor) && !Overrides(accessor) =>
            $"{Access(accessor)}{Static(accessor.IsStatic)}{Name(property.PropertyType, Names(property))} {property.Name}{Indices(property)} {{{(property.GetMethod is { } get && Seen(get) ? " get;" : "")}{(property.SetMethod is { } set && Seen(set) ? " set;" : "")} }}",
        FieldInfo field when field.IsPublic || field.IsFamily =>
            $"{(field.IsFamily ? "protected " : "")}{Static(field.IsStatic)}{Name(field.FieldType)} {field.Name}",
        EventInfo { AddMethod.IsPublic: true } raised => $"event {Name(raised.EventHandlerType!)} {raised.Name}",
        _ => null,
    };

    private static bool Seen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    // Accessors are told of by their property; what is inherited or comes with every object or record, not at all.
    private static bool Told(MethodInfo method) =>
        !(method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal)) && !Overrides(method) && !method.Name.Contains('<');

    private static bool Overrides(MethodInfo method) => method.GetBaseDefinition() != method;

    private static string Access(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static string Static(bool isStatic) => isStatic ? "static " : "";

    private static string Indices(PropertyInfo property) =>
        property.GetIndexParameters() is { Length: > 0 } indices ? $"[{string.Join(", ", indices.Select(Parameter))}]" : "";

    private static string Generic(MethodInfo method) =>
        method.IsGenericMethodDefinition ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var text = new StringBuilder();
        if (parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute))) text.Append("params ");
        if (parameter.IsOut) text.Append("out ");
        else if (parameter.ParameterType.IsByRef) text.Append("ref ");
        text.Append(Name(parameter.ParameterType, Names(parameter))).Append(' ').Append(parameter.Name);
        if (parameter.HasDefaultValue) text.Append(" = ").Append(Default(parameter));
        return text.ToString();
    }

    private static string Default(ParameterInfo parameter)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return parameter.DefaultValue switch
        {
            null => type.IsValueType && Nullable.GetUnderlyingType(parameter.ParameterType) is null ? "default" : "null",
            bool value => value ? "true" : "false",
            string value => $"\"{value}\"",
            var value when type.IsEnum => Enum.GetName(type, value) ?? Convert.ToString(value, CultureInfo.InvariantCulture)!,
            var value => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };
    }

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        { IsValueType: true } => "struct",
        _ when type.IsSubclassOf(typeof(Delegate)) => "delegate",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    // The names of tuple elements, of an outer tuple before those inside it, as the compiler wrote them down.
    private static Queue<string?> Names(ICustomAttributeProvider member) =>
        new(member.GetCustomAttributes(typeof(TupleElementNamesAttribute), false).Cast<TupleElementNamesAttribute>()
            .FirstOrDefault()?.TransformNames ?? []);

    private static string Name(Type type) => Name(type, new Queue<string?>());

    private static string Name(Type type, Queue<string?> names)
    {
        if (type.IsByRef) return Name(type.GetElementType()!, names);
        if (type.IsArray) return $"{Name(type.GetElementType()!, names)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (type.IsPointer) return $"{Name(type.GetElementType()!)}*";
        if (type.IsGenericParameter) return type.Name;
        if (Keywords.TryGetValue(type, out var keyword)) return keyword;
        if (Nullable.GetUnderlyingType(type) is { } inner) return $"{Name(inner, names)}?";
        return type.IsGenericType && type.Name.StartsWith("ValueTuple`", StringComparison.Ordinal) ? Tuple(type, names) : WithArguments(type, names);
    }

    private static string Tuple(Type type, Queue<string?> names)
    {
        var elements = type.GetGenericArguments();
        var labels = elements.Select(_ => names.TryDequeue(out var label) ? label : null).ToArray();
        return $"({string.Join(", ", elements.Zip(labels, (element, label) => label is null ? Name(element, names) : $"{Name(element, names)} {label}"))})";
    }

    // A nested generic type's arguments belong, in order, to the types around it first.
    private static string WithArguments(Type type, Queue<string?> names)
    {
        var arguments = new Queue<Type>(type.GetGenericArguments());
        var chain = new Stack<Type>();
        for (var outer = type; outer is not null; outer = outer.DeclaringType) chain.Push(outer);
        var parts = new List<string>();
        foreach (var link in chain)
        {
            var tick = link.Name.IndexOf('`', StringComparison.Ordinal);
            if (tick < 0)
            {
                parts.Add(link.Name);
                continue;
            }

            var count = int.Parse(link.Name.AsSpan(tick + 1), CultureInfo.InvariantCulture);
            parts.Add($"{link.Name[..tick]}<{string.Join(", ", Enumerable.Range(0, count).Select(_ => Name(arguments.Dequeue(), names)))}>");
        }

        return string.Join('.', parts);
    }
}
