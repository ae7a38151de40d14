#include "domain/demo_people.h"

namespace parley {

std::span<const DemoTeacher> demo_teachers() {
    static const std::vector<DemoTeacher> teachers{
        {"Priya Shah", "priya.shah", "English"},
        {"Daniel Okafor", "daniel.okafor", "Mathematics"},
        {"Helen Fischer", "helen.fischer", "Science"},
        {"Marta Nowak", "marta.nowak", "History"},
        {"James Whitfield", "james.whitfield", "Geography"},
        {"Aisha Rahman", "aisha.rahman", "Art"},
        {"Luc Girard", "luc.girard", "French"},
        {"Zoë Müller", "zoe.mueller", "German"},
        {"Tom Ashworth", "tom.ashworth", "Computing"},
        {"Grace Adeyemi", "grace.adeyemi", "Physical Education"},
        {"Owen Pritchard", "owen.pritchard", "Music"},
        {"Sofia Costa", "sofia.costa", "Drama"},
    };
    return teachers;
}

std::span<const DemoFamily> demo_families() {
    static const std::vector<DemoFamily> families{
        {"Alex", "Morgan", "alex.morgan", {"Sam", "Robin"}},
        {"Nadia", "Hussain", "nadia.hussain", {"Imran", "Leila"}},
        {"Peter", "Lindqvist", "peter.lindqvist", {"Elsa", "Nils"}},
        {"Chloe", "Barnes", "chloe.barnes", {"Ethan", "Molly"}},
        {"Kwame", "Mensah", "kwame.mensah", {"Ama", "Kofi"}},
        {"Ingrid", "Solberg", "ingrid.solberg", {"Freya", "Lars"}},
        {"Rafael", "Ortega", "rafael.ortega", {"Lucia", "Mateo"}},
        {"Mei", "Chen", "mei.chen", {"Jun", "Lily"}},
        {"Fiona", "Campbell", "fiona.campbell", {"Callum", "Isla"}},
        {"Łukasz", "Wójcik", "lukasz.wojcik", {"Hanna", "Jakub"}},
        {"Tanya", "Petrova", "tanya.petrova", {"Misha"}},
        {"George", "Hartley", "george.hartley", {"Poppy"}},
        {"Yusuf", "Demir", "yusuf.demir", {"Elif"}},
        {"Claire", "Dubois", "claire.dubois", {"Manon"}},
        {"Samuel", "Osei", "samuel.osei", {"Abena"}},
        {"Rachel", "Goldberg", "rachel.goldberg", {"Noah"}},
        {"Anil", "Kapoor", "anil.kapoor", {"Diya"}},
        {"Bridget", "O'Connor", "bridget.oconnor", {"Niamh"}},
        {"Marco", "Ricci", "marco.ricci", {"Giulia"}},
        {"Hannah", "Fletcher", "hannah.fletcher", {"Toby"}},
        {"Omar", "Farouk", "omar.farouk", {"Layla"}},
        {"Julia", "Bergmann", "julia.bergmann", {"Felix"}},
        {"Andrew", "Sinclair", "andrew.sinclair", {"Rory"}},
        {"Thuy", "Nguyen", "thuy.nguyen", {"Linh"}},
        {"Victoria", "Asante", "victoria.asante", {"Joel"}},
        {"Karen", "Holmes", "karen.holmes", {"Evie"}},
        {"Dimitri", "Pappas", "dimitri.pappas", {"Eleni"}},
        {"Louise", "Moreau", "louise.moreau", {"Hugo"}},
        {"Simon", "Bradley", "simon.bradley", {"Jack"}},
        {"Renée", "Van Dijk", "renee.vandijk", {"Saskia"}},
    };
    return families;
}

}  // namespace parley
