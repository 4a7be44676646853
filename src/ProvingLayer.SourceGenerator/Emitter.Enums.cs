namespace ProvingLayer.SourceGenerator;

/// <content>Enums: a closed class, and a class in it for each variant.</content>
internal static partial class Emitter
{
    private static void Enum(CodeWriter code, EnumModel choice)
    {
        code.Summary(choice.Documentation, $"The enum {choice.Type} of the rules. Its text form shows no values, and not which variant it is: they may be private.");
        code.Generated();
        code.Open($"{choice.Access} abstract record {choice.Type}");
        code.Line($"private {choice.Type}()");
        code.Line("{");
        code.Line("}");
        code.Line();
        EnumCodec(code, choice);
        code.Line("// No class elsewhere can implement it: the variants are these.");
        code.Line("private protected abstract bool Closed { get; }");
        code.Line();
        code.Line("/// <summary>The enum's name, without its value.</summary>");
        code.Line("/// <returns>That text.</returns>");
        code.Line($"public sealed override string ToString() => \"{choice.Type}\";");
        foreach (var variant in choice.Variants)
        {
            code.Line();
            code.Summary(variant.Documentation, $"The variant {variant.Source}.");
            foreach (var field in variant.Fields)
            {
                code.Line($"/// <param name=\"{field.Property}\">{CodeWriter.Escape(field.Documentation?.Replace('\n', ' ') ?? field.Source)}</param>");
            }

            var parameters = string.Join(", ", variant.Fields.Select(f => $"{f.Type.Name} {f.Property}"));
            code.Open($"public sealed record {variant.Type}{(parameters.Length == 0 ? "" : $"({parameters})")} : {choice.Type}");
            code.Line("private protected override bool Closed => true;");
            code.Close();
        }

        code.Close();
    }

    // The tag, then the fields of all variants: zeros for those that the value is not.
    private static void EnumCodec(CodeWriter code, EnumModel choice)
    {
        const string tag = Bindings + ".Codecs.U16";
        code.Summary(null, "How it stands in inputs and statements.");
        code.Line("[global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]");
        code.Open($"public static {Bindings}.ValueCodec<{choice.Type}> Codec {{ get; }} = new(static (v, p, into) =>");
        code.Open("ushort tag = v switch");
        var number = 0;
        foreach (var variant in choice.Variants)
        {
            code.Line(FormattableString.Invariant($"{variant.Type} => {number++},"));
        }

        code.Line("_ => throw new global::System.ArgumentNullException(p),");
        code.Close("};");
        code.Line($"{tag}.Write(tag, p + \".tag\", into);");
        number = 0;
        foreach (var variant in choice.Variants.Where(c => c.Fields.Count > 0))
        {
            var value = FormattableString.Invariant($"v{number++}");
            code.Open($"if (v is {variant.Type} {value})");
            Each(variant, f => $"{f.Type.Codec}.Write({value}.{f.Property}, {PathOf(variant, f)}, into);");
            code.Close();
            code.Open("else");
            Each(variant, f => $"{f.Type.Codec}.Clear({PathOf(variant, f)}, into);");
            code.Close();
        }

        code.Close("}, static (p, into) =>");
        code.Line("{");
        code.Line($"    {tag}.Clear(p + \".tag\", into);");
        foreach (var variant in choice.Variants)
        {
            foreach (var field in variant.Fields)
            {
                code.Line($"    {field.Type.Codec}.Clear({PathOf(variant, field)}, into);");
            }
        }

        code.Open($"}}, static (p, from) => {tag}.Read(p + \".tag\", from) switch");
        number = 0;
        foreach (var variant in choice.Variants)
        {
            var values = string.Join(", ", variant.Fields.Select(f => $"{f.Type.Codec}.Read({PathOf(variant, f)}, from)"));
            code.Line(FormattableString.Invariant($"{number++} => new {variant.Type}({values}),"));
        }

        code.Line($"_ => throw {Bindings}.Codecs.NoVariant(p),");
        code.Close("});");
        code.Line();

        void Each(VariantModel variant, Func<FieldModel, string> line)
        {
            foreach (var field in variant.Fields)
            {
                code.Line(line(field));
            }
        }
    }

    private static string PathOf(VariantModel variant, FieldModel field) => $"p + \".{variant.Source}.{field.Source}\"";
}
