namespace ProvingLayer.SourceGenerator;

/// <summary>Models to C#.</summary>
internal static partial class Emitter
{
    private const string Runtime = "global::ProvingLayer.Runtime";
    private const string Bindings = "global::ProvingLayer.Runtime.Bindings";
    private const string Scalar = "global::ProvingLayer.Constraints.Encoding.Scalar";
    private const string Scalars = "global::System.Collections.Generic.Dictionary<string, " + Scalar + ">";
    private const string Profile = "global::ProvingLayer.Stark.Keys.Profile";

    public static string Emit(FileModel file)
    {
        var code = new CodeWriter();
        code.Open($"namespace {file.Namespace}");
        switch (file)
        {
            case MachineModel machine:
                Machine(code, machine);
                break;
            case ClaimModel claim:
                Claim(code, claim);
                break;
            case StructModel structure:
                Struct(code, structure);
                break;
            case EnumModel choice:
                Enum(code, choice);
                break;
            case SetModel set:
                Set(code, set);
                break;
            case UnitsModel units:
                units.Units.ToList().ForEach(u => Unit(code, u, units.Access));
                break;
        }

        code.Close();
        return code.ToString();
    }

    private static void Unit(CodeWriter code, UnitModel unit, string access)
    {
        code.Summary(unit.Documentation, $"The {(unit.Decimals is null ? "measure" : "asset")} {unit.QualifiedName}.");
        code.Generated();
        code.Open($"{access} readonly struct {unit.Type} : {Runtime}.Values.{(unit.Decimals is null ? "IUnit" : "IAsset")}");
        code.Line("/// <inheritdoc/>");
        code.Line($"public static string Symbol => \"{TypeMapping.Split(unit.QualifiedName).Name}\";");
        if (unit.Decimals is { } decimals)
        {
            code.Line();
            code.Line("/// <inheritdoc/>");
            code.Line($"public static string QualifiedName => \"{unit.QualifiedName}\";");
            code.Line();
            code.Line("/// <inheritdoc/>");
            code.Line(FormattableString.Invariant($"public static int Decimals => {decimals};"));
        }

        code.Close();
        code.Line();
    }

    private static void Struct(CodeWriter code, StructModel structure)
    {
        code.Summary(structure.Documentation, $"The struct {structure.Type} of the rules. Its text form shows no values: they may be private.");
        foreach (var field in structure.Fields)
        {
            code.Line($"/// <param name=\"{field.Property}\"><c>{CodeWriter.Escape(field.Source)}</c></param>");
        }

        code.Generated();
        code.Open($"{structure.Access} sealed record {structure.Type}({string.Join(", ", structure.Fields.Select(f => $"{f.Type.Name} {f.Property}"))})");
        code.Summary(null, "How it stands in inputs and statements.");
        code.Line("[global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]");
        var (write, clear) = (
            string.Concat(structure.Fields.Select(f => $"{f.Type.Codec}.Write(v.{f.Property}, p + \".{f.Source}\", into); ")),
            string.Concat(structure.Fields.Select(f => $"{f.Type.Codec}.Clear(p + \".{f.Source}\", into); ")));
        code.Line($"public static {Bindings}.ValueCodec<{structure.Type}> Codec {{ get; }} = new(");
        code.Line($"    static (v, p, into) => {{ {write}}},");
        code.Line($"    static (p, into) => {{ {clear}}},");
        code.Line($"    static (p, from) => new({string.Join(", ", structure.Fields.Select(f => $"{f.Type.Codec}.Read(p + \".{f.Source}\", from)"))}));");
        code.Line();
        code.Line("/// <summary>Its name and fields, without their values.</summary>");
        code.Line("/// <returns>That text.</returns>");
        code.Line($"public override string ToString() => {Bindings}.Redaction.Describe(\"{structure.Type}\"{string.Concat(structure.Fields.Select(f => $", (\"{f.Source}\", null)"))});");
        code.Close();
    }

    private static void Binding(CodeWriter code, string program, string hash)
    {
        code.Summary(null, "The digest of the interface that these bindings were generated for: files of another are refused.");
        code.Line($"public const string InterfaceHash = \"{hash}\";");
        code.Line();
        code.Line($"private static readonly {Bindings}.ProgramBinding Binding = new(\"{program}\", InterfaceHash);");
        code.Line();
    }

    private static void LoadKey(CodeWriter code)
    {
        code.Summary(null, "Loads a verifying key. Whoever verifies needs nothing else of the program.");
        code.Line("/// <param name=\"path\">The file.</param>");
        code.Line("/// <returns>The key.</returns>");
        code.Line($"/// <exception cref=\"{Runtime}.TenorException\">The file cannot be read, or is of other rules than these bindings.</exception>");
        code.Line($"public static {Runtime}.TenorKey LoadKey(string path) => Binding.LoadKey(path);");
        code.Line();
    }

    private static void Errors(CodeWriter code, EquatableArray<ErrorModel> errors)
    {
        code.Summary(null, "Why a step or claim is refused: the errors that the rules declare, and the language's own.");
        code.Open("public enum Error");
        code.Line("/// <summary>It failed no check of the rules.</summary>");
        code.Line("None,");
        code.Line("/// <summary>A check that has no name here.</summary>");
        code.Line("Other,");
        foreach (var error in errors)
        {
            code.Line($"/// <summary><c>{error.Source}</c></summary>");
            code.Line($"{error.Member},");
        }

        code.Close();
        code.Line();
        code.Summary(null, "Which check of the rules an exception is about.");
        code.Line("/// <param name=\"exception\">The exception.</param>");
        code.Line("/// <returns>The error.</returns>");
        code.Open($"public static Error ErrorOf({Runtime}.TenorException exception) => exception.Error.Failure switch");
        code.Line("null => Error.None,");
        foreach (var error in errors)
        {
            code.Line($"\"{error.Source}\" => Error.{error.Member},");
        }

        code.Line("_ => Error.Other,");
        code.Close("};");
        code.Line();
    }

    // A statement's class: how it is loaded, and its public values.
    private static void StatementHead(CodeWriter code, string type, string function, EquatableArray<FieldModel> arguments)
    {
        code.Line($"private {type}({Runtime}.TenorStatement content)");
        code.Line("    : base(Binding, \"" + function + "\", content)");
        code.Line("{");
        code.Line("}");
        code.Line();
        code.Summary(null, "Reads a statement's file. It is only what somebody says until a proof of it is verified.");
        code.Line("/// <param name=\"path\">The file.</param>");
        code.Line("/// <param name=\"key\">The key.</param>");
        code.Line("/// <returns>The statement.</returns>");
        code.Line($"public static {type} Load(string path, {Runtime}.TenorKey key) => new(Read(path, key, Binding));");
        code.Line();
        code.Line($"internal static {type} Of({Runtime}.TenorStatement content) => new(content);");
        PublicArguments(code, arguments);
    }

    private static void PublicArguments(CodeWriter code, EquatableArray<FieldModel> arguments)
    {
        foreach (var argument in arguments.Where(a => a.IsPublic))
        {
            code.Line();
            code.Summary(argument.Documentation, $"The public argument {argument.Source}.");
            code.Line($"public {argument.Type.Name} {argument.Property} => Value({argument.Type.Codec}, \"args.{argument.Source}\");");
        }
    }

    private static string Parameters(IEnumerable<FieldModel> fields) => string.Concat(fields.Select(f => $"{f.Type.Name} {f.Parameter}, "));

    private static void WriteArguments(CodeWriter code, EquatableArray<FieldModel> arguments)
    {
        code.Line($"var arguments = new {Scalars}();");
        foreach (var argument in arguments.Where(a => !a.Type.IsProof))
        {
            code.Line($"{argument.Type.Codec}.Write({argument.Parameter}, \"args.{argument.Source}\", arguments);");
        }
    }

    // The proofs among the arguments; null where there are none.
    private static string? Proofs(EquatableArray<FieldModel> arguments)
    {
        var proofs = arguments.Where(a => a.Type.IsProof).Select(a => $"[\"args.{a.Source}\"] = {Runtime}.TenorInnerProof.Of({a.Parameter})").ToList();
        return proofs.Count == 0 ? null : $"new global::System.Collections.Generic.Dictionary<string, {Runtime}.TenorInnerProof> {{ {string.Join(", ", proofs)} }}";
    }

    private static void ParameterDocs(CodeWriter code, IEnumerable<FieldModel> fields)
    {
        foreach (var field in fields)
        {
            code.Line($"/// <param name=\"{field.Parameter.TrimStart('@')}\">{CodeWriter.Escape(field.Documentation?.Replace('\n', ' ') ?? $"The {(field.Type.IsProof ? "proof" : field.IsPublic ? "public value" : "private value")} {field.Source}.")}</param>");
        }
    }
}
