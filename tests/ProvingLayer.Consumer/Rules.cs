using ProvingLayer.Compiler;
using ProvingLayer.Compiler.Emit;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Text;
using ProvingLayer.Runtime;
using ProvingLayer.TestSupport;

namespace ProvingLayer.Consumer;

/// <summary>The examples, compiled to artifacts in a folder of the tests.</summary>
internal static class Rules
{
    public static string Compile(string example, string name)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "rules", $"{name}.tnart");
        TenorArtifact.Of(Emit(File.ReadAllText(Repository.PathOf("examples", example)), name)).Save(path);
        return path;
    }

    public static Constraints.Artifacts.Artifact Emit(string text, string name)
    {
        var program = Compilation.Check([new SourceFile("rules.tenor", text)]);
        Assert.Empty(program.Diagnostics);
        return CircuitEmitter.Emit(Compilation.Lower(program.Targets.Single(t => t.Name == name), new DiagnosticBag())!).ToArtifact();
    }
}
